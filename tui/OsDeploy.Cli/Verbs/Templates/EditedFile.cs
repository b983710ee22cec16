using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Templates;

/// <summary>A text in a file of its own, for its owner's eyes only, while somebody edits it.</summary>
internal sealed class EditedFile : IDisposable
{
    // Debian's name for whatever editor is chosen (update-alternatives).
    private const string UsualEditor = "editor";

    private readonly string _folder;
    private readonly string _path;
    private readonly string _text;
    private readonly string _ends;
    private readonly Command _editor;
    private bool _isKept;

    /// <param name="name">Of the file: editors colour by its end.</param>
    /// <param name="editor">With arguments, if it needs some; null: the one of the environment.</param>
    public EditedFile(string name, string text, string? editor)
    {
        _folder = Directory.CreateTempSubdirectory("osdeploy-").FullName;
        _path = Path.Combine(_folder, name);
        (_text, _ends) = (text, text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        File.WriteAllText(_path, text.ReplaceLineEndings("\n"));
        var words = (editor ?? Preset("VISUAL") ?? Preset("EDITOR") ?? UsualEditor).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _editor = new Command(words[0], [.. words[1..], _path]);
    }

    /// <returns>The text once the editor has ended, with the ends of lines that it had before.</returns>
    /// <exception cref="UserErrorException"><c>tool-missing</c>, <c>tool-not-started</c>, <c>file-unreadable</c></exception>
    public string Edit()
    {
        _editor.RunOnTerminal($"Save and leave the editor to go on: {_path}");
        try
        {
            var read = ForeignText.Of(File.ReadAllBytes(_path)).ReplaceLineEndings("\n");
            return read == _text.ReplaceLineEndings("\n") ? _text : read.ReplaceLineEndings(_ends);
        }
        catch (IOException e)
        {
            throw ServerErrors.FileUnreadable(_path, e);
        }
    }

    /// <summary>It stays, and whoever edited it is told where.</summary>
    public void Keep(TextWriter talk)
    {
        _isKept = true;
        talk.WriteLine($"What you wrote is in {_path} until it is saved.");
    }

    public void Forget() => _isKept = false;

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string? Preset(string variable) => Environment.GetEnvironmentVariable(variable) is { } preset && !string.IsNullOrWhiteSpace(preset) ? preset : null;
}
