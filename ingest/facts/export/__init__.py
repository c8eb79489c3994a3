"""The whole register as the files of facts that an import reads, with their description as a data package."""
