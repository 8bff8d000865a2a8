"""The running debate: its loop, who is connected, and how records reach them.

`debates` keeps the running ones; each `LiveDebate` is a log with one loop (`loop`); `views` is what a reader
may see of a record or the whole; `ring` holds recent records as bytes; `hub` sends them to every connection;
`session` is one connection's protocol without I/O, `connection` ties it to a debate, `wire` to a socket.
"""
