"""The version of this program, which every reading names."""

VERSION = "0.2.0"
