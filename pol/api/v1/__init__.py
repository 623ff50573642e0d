"""The first version of what programs may ask."""
