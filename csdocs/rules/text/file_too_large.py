"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT104",
    "file-too-large",
    Severity.ERROR,
    Text("文件超过 {limit} 字节", "the file is larger than {limit} bytes"),
    Text("拆分文件；图片和录音请作为附件", "split it; put pictures and recordings into attachments"),
)
