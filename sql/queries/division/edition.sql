SELECT divisions FROM division_edition WHERE edition = $1 AND digest = $2
