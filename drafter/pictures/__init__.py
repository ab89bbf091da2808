"""图片: picture files judged by their headers, without what tells of people and places, found for a report."""
