# What one types here. A line `target: ## text` is a line of `make help`.
.DEFAULT_GOAL := help
.PHONY: help run demo test test-js test-all check messages assets lock clean

help: ## Dire ce que fait chaque commande
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## Préparer et servir le site sur cet ordinateur (PORT=8000, DATA_DIR=var)
	@scripts/run.sh

demo: ## Charger de nouveau les contenus de démonstration, sans toucher à ceux qui existent
	@scripts/demo.sh

test: ## Lancer les tests (ARGS="tests/wiki -k histoire" pour en choisir)
	@scripts/test.sh $(ARGS)

test-js: ## Lancer les seuls tests du script de l’éditeur, sans navigateur
	@scripts/assets.sh test

test-all: ## Lancer les tests longs : tous les écrans, vus par chacun, et leur HTML (ARGS comme pour test)
	@scripts/test_all.sh $(ARGS)

check: ## Vérifier le style, les imports, les migrations, les réglages et les traductions
	@scripts/check.sh

messages: ## Mettre à jour et compiler les traductions françaises
	@scripts/messages.sh

assets: ## Refaire depuis assets/ le script de l’éditeur et les feuilles de style (static/)
	@scripts/assets.sh

lock: ## Verrouiller les dépendances (ARGS=--upgrade pour prendre les dernières versions)
	@scripts/lock.sh $(ARGS)

clean: ## Effacer ce qui se refabrique ; les données (var/) restent
	@rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
