-- A draft may have several files: their numbers stand in one field, with a comma between them.
update unsent
set fields = (fields - 'fileId') || jsonb_build_object('files', fields ->> 'fileId')
where fields ? 'fileId';
