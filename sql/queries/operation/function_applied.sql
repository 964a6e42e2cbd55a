SELECT 1 FROM migration_function WHERE name = $1 AND digest = $2
