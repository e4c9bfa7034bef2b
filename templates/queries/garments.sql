-- Pieces of the uniform by the codes of the forms, with their names.
SELECT column1 AS item, column2 AS zh, column3 AS en
FROM (VALUES
  ('top', '上衣', 'tops'), ('trousers', '裤', 'trousers'), ('skirt', '裙', 'skirts'),
  ('tie', '领带', 'ties'), ('scarf', '丝巾', 'scarves'), ('badge', '工牌', 'badges'))
