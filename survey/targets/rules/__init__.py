"""Pure decisions about targets: which one holds, how far it is attained, and the rows of a file."""
