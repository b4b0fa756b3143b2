"""What a procedure is: its model, conditions, catalog and the library that holds them."""
