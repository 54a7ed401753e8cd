"""Reports: charts, tables and pages made of analyses."""
