-- a script
INSERT INTO parent VALUES (70, 'script', '$(note)');
INSERT INTO parent VALUES (71, 'more', NULL)
