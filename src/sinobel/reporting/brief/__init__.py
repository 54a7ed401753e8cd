"""A brief of two pages: what it says is data (`content`), which three writers put on paper, a page or slides."""
