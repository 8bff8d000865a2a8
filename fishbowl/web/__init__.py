"""The edge: pages, HTTP and sockets, and who is asking."""
