from ui.shell import close_page, open_page

open_page("home")
close_page("home")
