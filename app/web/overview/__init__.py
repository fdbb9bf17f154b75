"""The matrix of a dossier's claims."""
