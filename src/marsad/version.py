"""The version of this program, which every reading names."""

VERSION = "0.1.0"
