SELECT id
FROM locator
WHERE id = ANY ($1);
