"""Pictures as files of their own: charts, cards, raster images."""
