"""Sides, bodies, publishers, speakers, documents, dossiers, and the places of dossiers."""
