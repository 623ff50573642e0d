"""Till files: opened in a child, mapped, looked over, taken in by the jobs worker."""
