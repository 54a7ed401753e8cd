"""The workbook with native charts."""
