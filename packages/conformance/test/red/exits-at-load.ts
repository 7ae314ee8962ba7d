/** A pack that ends its process when it is loaded. */
process.exit(0);
