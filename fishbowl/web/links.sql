-- Who may enter which debate, and which browser holds what. No secret stands here: only digests.

-- debate: its slug; '' for the administrator's own links. revoked_at: the link has ended, and stays listed.
create table if not exists links (
    id         text primary key,
    debate     text not null,
    person     text not null,
    role       text not null,
    secret     blob not null unique,
    created_at integer not null,
    last_used  integer,
    revoked_at integer
) strict;

create index if not exists links_of_a_debate on links (debate);

-- A browser is known by the digest of its cookie. It holds at most one link per debate, and '' for the
-- administrator; a link that ends takes with it what browsers hold by it.
create table if not exists browsers (
    cookie  blob not null,
    debate  text not null,
    link    text not null,
    primary key (cookie, debate)
) strict, without rowid;

create index if not exists browsers_of_a_debate on browsers (debate);
