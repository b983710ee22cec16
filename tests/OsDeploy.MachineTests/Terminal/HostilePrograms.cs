namespace OsDeploy.MachineTests.Terminal;

/// <summary>
/// All that a console could be led to start: programs under the names of shells, pagers and editors, the only ones on its PATH and in every
/// variable that names one. Each leaves a file.
/// </summary>
internal sealed class HostilePrograms
{
    private static readonly string[] s_names =
    [
        "sh", "bash", "dash", "zsh", "busybox", "env", "sudo", "su", "ssh", "script", "less", "more", "most", "cat", "man", "vi", "vim", "nano", "ed", "editor", "sensible-editor", "pager",
        "sensible-pager", "lessopen", "stty", "tput", "tset", "reset", "clear", "resize", "infocmp", "locale", "xdg-open", "www-browser", "ls", "cp", "mount", "id", "uname", "python3", "perl",
    ];

    private readonly string _folder;

    public HostilePrograms(string folder)
    {
        _folder = Directory.CreateDirectory(Path.Combine(folder, "hostile")).FullName;
        foreach (var name in s_names)
        {
            var path = Path.Combine(_folder, name);
            File.WriteAllText(path, $"#!/bin/sh\n: > '{_folder}/{name}.was-here'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PATH"] = _folder,
        ["SHELL"] = Path.Combine(_folder, "sh"),
        ["EDITOR"] = Path.Combine(_folder, "editor"),
        ["VISUAL"] = Path.Combine(_folder, "vi"),
        ["PAGER"] = Path.Combine(_folder, "pager"),
        ["MANPAGER"] = Path.Combine(_folder, "man"),
        ["BROWSER"] = Path.Combine(_folder, "xdg-open"),
        ["LESSOPEN"] = "|" + Path.Combine(_folder, "lessopen") + " %s",
        ["LESSCLOSE"] = Path.Combine(_folder, "lessopen") + " %s %s",
        ["TERMINFO"] = _folder,
        ["TERMINFO_DIRS"] = _folder,
        ["TERMCAP"] = "xterm-256color:cl=\\E]0;owned\\007:",
        ["ENV"] = Path.Combine(_folder, "sh"),
        ["BASH_ENV"] = Path.Combine(_folder, "bash"),
        ["PROMPT_COMMAND"] = Path.Combine(_folder, "sh"),
        ["SSH_ORIGINAL_COMMAND"] = "sh",
        ["COLUMNS"] = "$(sh)",
        ["LINES"] = "-1",
        ["IFS"] = "/",
    };

    /// <summary>Files that one of them has left.</summary>
    public IReadOnlyList<string> Traces => Directory.GetFiles(_folder, "*.was-here");
}
