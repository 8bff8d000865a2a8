-- What was sealed of which debate, and when: the head of its chain at one record, and our signature under it.

create table if not exists seals (
    debate    text not null,
    number    integer not null,
    seq       integer not null,
    seal      text not null,
    primary key (debate, number)
) strict, without rowid;
