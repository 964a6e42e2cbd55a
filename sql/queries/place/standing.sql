-- A place as the planners of change sets need it.
SELECT id, name, generic, kind, pinyin, division_code, status, version
FROM place
WHERE county_code = $1 AND id = $2;
