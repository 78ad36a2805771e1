-- Versions as a column of the mirror table: one write per row. 250 new rows per transaction.
with n as (select nextval('sq') as base)
insert into ua as t select 'user_' || lpad(((base*250 + g) * 7919 % 100000000)::text, 27, '0'), 'aaaaaaa','bbbbbbbbbb','cccc','https://img.example.com/aaaaaaaaaaaaaaa','e','{"a":1}', now(), now(), null, '1.' || lpad((base)::text,15,'0') || '.00.001700000000000.msg_2fj3j3j3j3j3j3j3j3j3j' from n, generate_series(1,250) g order by 1
on conflict (id) do update set a=excluded.a,b=excluded.b,c=excluded.c,d=excluded.d,e=excluded.e,m=excluded.m,created_at=excluded.created_at,updated_at=excluded.updated_at,deleted_at=excluded.deleted_at,bellhop_version=excluded.bellhop_version where excluded.bellhop_version >= t.bellhop_version;
