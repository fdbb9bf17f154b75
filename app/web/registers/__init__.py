"""Publishers, speakers, documents and places."""
