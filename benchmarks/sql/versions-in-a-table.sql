-- Versions in a separate table: two writes per row. 250 new rows per transaction.
with n as (select nextval('sq') as base),
w as (insert into ents as t select 'user', 'user_' || lpad(((base*250 + g) * 7919 % 100000000)::text, 27, '0'), '1.' || lpad((base)::text,15,'0') || '.00.001700000000000.msg_2fj3j3j3j3j3j3j3j3j3j', null from n, generate_series(1,250) g order by 2
on conflict (id, entity) do update set version=excluded.version where excluded.version >= t.version returning id)
insert into ub as t select w.id, 'aaaaaaa','bbbbbbbbbb','cccc','https://img.example.com/aaaaaaaaaaaaaaa','e','{"a":1}', now(), now(), null from w
on conflict (id) do update set a=excluded.a,b=excluded.b,c=excluded.c,d=excluded.d,e=excluded.e,m=excluded.m,created_at=excluded.created_at,updated_at=excluded.updated_at,deleted_at=excluded.deleted_at;
