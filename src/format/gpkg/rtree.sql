-- The triggers that keep a spatial index, as the extension gpkg_rtree_index of GeoPackage 1.3 has
-- them. {T}: the table, {I}: the index, {N}: the index's name without quotes.
CREATE TRIGGER "{N}_insert" AFTER INSERT ON {T}
  WHEN (new."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  INSERT OR REPLACE INTO {I} VALUES (NEW."fid",
    ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "{N}_update1" AFTER UPDATE OF "geom" ON {T}
  WHEN OLD."fid" = NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  INSERT OR REPLACE INTO {I} VALUES (NEW."fid",
    ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "{N}_update2" AFTER UPDATE OF "geom" ON {T}
  WHEN OLD."fid" = NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM {I} WHERE id = OLD."fid";
END;
CREATE TRIGGER "{N}_update3" AFTER UPDATE ON {T}
  WHEN OLD."fid" != NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM {I} WHERE id = OLD."fid";
  INSERT OR REPLACE INTO {I} VALUES (NEW."fid",
    ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "{N}_update4" AFTER UPDATE ON {T}
  WHEN OLD."fid" != NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM {I} WHERE id IN (OLD."fid", NEW."fid");
END;
CREATE TRIGGER "{N}_delete" AFTER DELETE ON {T}
  WHEN old."geom" NOT NULL
BEGIN
  DELETE FROM {I} WHERE id = OLD."fid";
END;
