namespace OsDeploy.Cli.FirstStart;

/// <summary>
/// The answers of the first start in a file: lines <c>key = value</c>, empty ones, and comments behind <c>#</c> at their beginning. Strict: a
/// key that is misspelt would be an answer that nobody gave.
/// </summary>
internal sealed class AnswersFile
{
    public const string Language = "language";
    public const string Disk = "disk";
    public const string Confirm = "confirm";
    public const string Operator = "operator";
    public const string PasswordFile = "password-file";
    public const string Interface = "interface";
    public const string Address = "address";
    public const string Gateway = "gateway";
    public const string Dns = "dns";
    public const string Pxe = "pxe";
    public const string Range = "range";
    public const string School = "school";
    public const string HostName = "host-name";
    public const string TimeZone = "time-zone";

    private const int MaxLines = 200;

    private static readonly string[] s_required = [Disk, Operator, PasswordFile];

    private readonly string _path;
    private readonly Dictionary<string, (string Value, int Line)> _answers = [];

    private AnswersFile(string path) => _path = path;

    public static IReadOnlyList<string> Keys { get; } =
        [Language, Disk, Confirm, Operator, PasswordFile, Interface, Address, Gateway, Dns, Pxe, Range, School, HostName, TimeZone];

    /// <exception cref="UserErrorException"><c>usage-answers</c></exception>
    public static AnswersFile Parse(string path, string text)
    {
        var file = new AnswersFile(path);
        var lines = text.Split('\n');
        if (lines.Length > MaxLines)
        {
            throw Errors.UsageAnswers(path, MaxLines + 1, "there are too many lines", Keys);
        }

        foreach (var (line, i) in lines.Select((line, i) => (line.Trim(), i)).Where(one => one.Item1.Length > 0 && one.Item1[0] != '#'))
        {
            file.Add(line, i + 1);
        }

        var missing = s_required.FirstOrDefault(key => file[key] is null);
        return missing is null ? file : throw Errors.UsageAnswers(path, 0, $"{missing} is not answered", Keys);
    }

    /// <summary>Null: it is not answered.</summary>
    public string? this[string key] => _answers.TryGetValue(key, out var answer) && answer.Value.Length > 0 ? answer.Value : null;

    /// <summary>What is said of an answer that cannot be.</summary>
    public UserErrorException Refuse(string key, string why) => Errors.UsageAnswers(_path, _answers.TryGetValue(key, out var answer) ? answer.Line : 0, $"{key}: {why}", Keys);

    private void Add(string line, int number)
    {
        var at = line.IndexOf('=', StringComparison.Ordinal);
        var key = at < 0 ? "" : line[..at].Trim();
        if (!Keys.Contains(key))
        {
            throw Errors.UsageAnswers(_path, number, at < 0 ? "it is no KEY = VALUE" : $"there is no key \"{key}\"", Keys);
        }

        if (!_answers.TryAdd(key, (line[(at + 1)..].Trim(), number)))
        {
            throw Errors.UsageAnswers(_path, number, $"{key} was answered before", Keys);
        }
    }
}
