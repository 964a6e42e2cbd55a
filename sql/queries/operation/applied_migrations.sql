SELECT number, digest FROM migration ORDER BY number
