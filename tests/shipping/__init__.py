"""What is shipped: the image, compose, the list of components, the operator's pages."""
