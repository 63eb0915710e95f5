"""What is printed and handed out about a budget: texts and pictures for layout, codes, the staff's screen."""
