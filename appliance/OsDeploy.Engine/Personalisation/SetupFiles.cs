using System.Buffers;
using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Personalisation;

/// <summary>
/// Files that Windows set-up finds, and the start of the scripts among them: <c>cmdlines.txt</c> for Mini-Setup, later
/// <c>SetupComplete.cmd</c>, which Windows runs as the system before anybody can log in (Microsoft, "Add a Custom Script to Windows Setup").
/// </summary>
internal sealed class SetupFiles(WindowsVolume windows, IReadOnlyList<PersonalFile> files, PersonalContent content, VolumePlan plan)
{
    public const string JoinScriptName = "osdeploy-join.cmd";

    private const string MiniSetupFolder = "sysprep/i386/$oem$";
    private const string LaterFolder = "config";
    private const string StartList = "cmdlines.txt";
    private const string StartName = "osdeploy.cmd";
    private const string Mark = "rem osdeploy";
    private const int MostScript = 1 << 20;
    private static readonly string[] s_run = [".cmd", ".bat", ".ps1", ".vbs"];

    private static readonly SearchValues<char> s_notInPrinters = SearchValues.Create("\"%&|<>^");

    private string ScriptFolder => windows.Root + "/Setup/Scripts";

    /// <summary>Lines of a Windows script that start what was added.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Something is to be started, whether or not a script joins.</summary>
    public bool HasStart => files.Any(file => file.Kind == PersonalFileKind.Printers || (file.Kind == PersonalFileKind.Setup && IsRun(file)));

    public async Task AddAsync(CancellationToken cancel)
    {
        var folder = windows.HasMiniSetup ? MiniSetupFolder : LaterFolder;
        foreach (var file in files.Where(file => file.Kind == PersonalFileKind.Setup))
        {
            plan.Copy(file, $"{folder}/{file.Path}", "for Windows set-up");
            if (IsRun(file))
            {
                Lines.Add(StartOf(file.Path, windows.HasMiniSetup ? "%~dp0" : $@"%SystemDrive%\{LaterFolder}\"));
            }
        }

        foreach (var file in files.Where(file => file.Kind == PersonalFileKind.Printers))
        {
            Lines.AddRange(PrintersIn(file.Path, ForeignText.Of(await content.ReadAsync(file.Content, cancel))));
        }
    }

    /// <param name="joinScript">Filled, run last; null: none.</param>
    public void AddStart(byte[]? joinScript)
    {
        if (windows.HasMiniSetup)
        {
            AddStartList(joinScript);
            return;
        }

        if (joinScript is not null)
        {
            plan.Write($"{ScriptFolder}/{JoinScriptName}", joinScript, "joins once, then deletes itself", FileAccessKind.Secret);
            Lines.Add(Call($"%~dp0{JoinScriptName}"));
            Lines.Add($@"del /f /q ""%~dp0{JoinScriptName}""");
        }

        if (Lines.Count == 0)
        {
            return;
        }

        const string name = "SetupComplete.cmd";
        const string kept = "SetupComplete-master.cmd";
        var own = windows.Tree.TryRead($"{ScriptFolder}/{name}", MostScript);
        var isMasters = own is not null && !Encoding.Latin1.GetString(own).Contains(Mark, StringComparison.Ordinal);
        if (isMasters)
        {
            plan.Write($"{ScriptFolder}/{kept}", own!, "what the master had under the name of the script that Windows starts");
        }

        if (isMasters || windows.Tree.Find($"{ScriptFolder}/{kept}") is not null)
        {
            Lines.Insert(0, Call($"%~dp0{kept}"));
        }

        if (LateStart.IsNeeded(windows.Os))
        {
            Lines.Insert(0, LateStart.Guard);
            LateStart.Add(plan, ScriptFolder, name);
        }

        plan.Write($"{ScriptFolder}/{name}", Script(Lines), "starts what was added, before anybody can log in");
    }

    /// <summary>A Windows script of lines, as Windows ends them.</summary>
    public static byte[] Script(IEnumerable<string> lines) =>
        Encoding.ASCII.GetBytes(string.Concat(new[] { "@echo off", Mark, @"set LOG=%SystemRoot%\Temp\osdeploy.log" }.Concat(lines).Select(line => line + "\r\n")));

    // Mini-Setup starts what this list names, in its own folder (Microsoft, deploy.cab, "Cmdlines.txt").
    private void AddStartList(byte[]? joinScript)
    {
        if (joinScript is not null)
        {
            plan.Write($"{MiniSetupFolder}/{JoinScriptName}", joinScript, "joins once; Mini-Setup deletes its folder", FileAccessKind.Secret);
            Lines.Add(Call($"%~dp0{JoinScriptName}"));
        }

        if (Lines.Count == 0)
        {
            return;
        }

        plan.Write($"{MiniSetupFolder}/{StartName}", Script(Lines), "starts what was added");
        if (files.Any(file => file.Kind == PersonalFileKind.Setup && file.Path.Equals(StartList, StringComparison.OrdinalIgnoreCase)))
        {
            plan.Warnings.Add($"The {StartList} of the school is used: it has to name {StartName}, which starts what was added.");
            return;
        }

        plan.Write($"{MiniSetupFolder}/{StartList}", Encoding.ASCII.GetBytes($"[Commands]\r\n\"{StartName}\"\r\n"), "starts what was added");
    }

    /// <summary>Another script, in an interpreter of its own: its <c>exit</c> ends itself alone.</summary>
    public static string Call(string place) => $@"cmd.exe /d /c call ""{place}"" >>%LOG% 2>&1";

    /// <exception cref="UserErrorException"><c>personal-script-name</c>, <c>personal-printer</c></exception>
    public static async Task CheckAsync(IReadOnlyList<PersonalFile> files, PersonalContent content, CancellationToken cancel)
    {
        foreach (var file in files.Where(file => file.Kind == PersonalFileKind.Setup && IsRun(file)))
        {
            _ = StartOf(file.Path, "");
        }

        foreach (var file in files.Where(file => file.Kind == PersonalFileKind.Printers))
        {
            _ = PrintersIn(file.Path, ForeignText.Of(await content.ReadAsync(file.Content, cancel))).Count();
        }
    }

    private static bool IsRun(PersonalFile file) => s_run.Contains(Path.GetExtension(file.Path), StringComparer.OrdinalIgnoreCase);

    private static string StartOf(string path, string folder)
    {
        if (!Ascii.IsValid(path))
        {
            throw PersonalErrors.ScriptName(path);
        }

        var place = folder + path.Replace('/', '\\').Replace("%", "%%", StringComparison.Ordinal);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PS1" => $@"powershell.exe -NoProfile -ExecutionPolicy Bypass -File ""{place}"" >>%LOG% 2>&1",
            ".VBS" => $@"cscript.exe //B //Nologo ""{place}"" >>%LOG% 2>&1",
            _ => Call(place),
        };
    }

    // Each for everybody who logs in at this computer.
    private static IEnumerable<string> PrintersIn(string path, string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(printer =>
        printer.StartsWith(@"\\", StringComparison.Ordinal) && Ascii.IsValid(printer) && !printer.AsSpan().ContainsAny(s_notInPrinters)
            ? $@"rundll32.exe printui.dll,PrintUIEntry /ga /n""{printer}"" >>%LOG% 2>&1"
            : throw PersonalErrors.PrinterName(path, printer));
}
