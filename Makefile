# Every target works from a fresh clone; `make setup` costs nothing when nothing changed.

PYTHON ?= python3
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE :=  # compiled once, as on anybody's machine

.DEFAULT_GOAL := help
.PHONY: help setup demo test check oldest gallery year bench peers lock wheel docs

help:  ## 显示本说明 / this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/'

setup:  ## 安装所需的一切 / install everything that is needed
	@$(PYTHON) -B tools/setup.py

demo: setup  ## 生成样例手册和记录的 PDF / build the sample manual and records as PDF
	@$(BIN)/python -m tools.demo

test: setup  ## 运行全部测试 / run all tests
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

check: setup  ## 格式、静态检查、类型、测试和覆盖率、文档、本仓库 / all gates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/python -m tools.docs --check
	mkdir -p build/coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n auto --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/csdocs check

oldest: setup  ## 用 pyproject.toml 允许的最旧的库运行全部测试 / all tests on the oldest libraries that pyproject.toml allows
	$(PYTHON) -m venv --clear build/oldest
	$(BIN)/uv pip install --quiet --python build/oldest/bin/python --resolution lowest-direct --group dev --editable .
	build/oldest/bin/python -m pytest -q -n auto --dist worksteal

gallery: setup  ## 把每种表单和版式打印成图片供查看 / print every form and element as pictures to look at
	@$(BIN)/python -m tools.gallery

year: setup  ## 模拟一个部门的十二个月，核对检查结果与故意犯的错误完全一致 / live through a year of a department; check must find what was planted, no more, no less
	rm -rf build/year build/year-clean
	$(BIN)/python -m benchmarks.year build/year --verify
	$(BIN)/python -m benchmarks.year build/year-clean --no-plant --verify

bench: setup  ## 与同类工具对照测速，写 build/bench/report.html；BENCH_RECORDS=10000 GROWTH=1 / measure beside peers and targets
	@$(BIN)/python -m benchmarks.report $(if $(BENCH_RECORDS),--records $(BENCH_RECORDS)) $(if $(GROWTH),--growth)

peers: setup  ## 安装测速用的同类工具 / install the peers to measure beside (Chromium: apt-get install chromium)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	npm install --silent --no-audit --no-fund --prefix build/bench @sourcemeta/jsonschema@16.11.0

docs: setup  ## 重写由程序生成的文档 / rewrite the generated documents
	@$(BIN)/python -m tools.docs

lock: setup  ## 重新锁定依赖 / lock the dependencies again
	$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --group dev --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command "make lock" -o requirements.lock

wheel: setup  ## 打包 / build the wheel and the source archive into dist/
	$(BIN)/python -m build --no-isolation --outdir dist .
