-- Which addresses changed behind event $2 up to event $3, each once.
SELECT DISTINCT object_id
FROM event
WHERE county_code = $1 AND sequence > $2 AND sequence <= $3 AND object_kind IN ('address', 'room');
