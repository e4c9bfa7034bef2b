from csdocs.cli import main

main()
