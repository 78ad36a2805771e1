create table notes (text varchar(200));
