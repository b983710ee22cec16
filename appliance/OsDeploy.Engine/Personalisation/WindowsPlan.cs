using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Templates;
using OsDeploy.Windows;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Personalisation;

/// <summary>What is to be done on a restored Windows. Nothing here writes.</summary>
internal sealed class WindowsPlan(WindowsVolume windows, PersonalSystem system, IReadOnlyList<PersonalFile> files, Personality personality, PersonalSecrets secrets, PersonalContent content)
{
    // Windows takes the first answer file it finds, and remembers those of the master (Microsoft, "Windows Setup Automation Overview").
    private const string AnswerFilePlace = "Panther/unattend.xml";
    private static readonly string[] s_otherPlaces = ["Panther/Unattend/unattend.xml", "Panther/Unattend/autounattend.xml", "Panther/autounattend.xml", "System32/Sysprep/unattend.xml"];
    private static readonly string[] s_rootPlaces = ["unattend.xml", "autounattend.xml"];

    // A management agent that kept the master's id would speak as the master.
    private static readonly string[] s_saltFolders = ["salt/conf", "ProgramData/Salt Project/Salt/conf"];
    private static readonly string[] s_saltFiles = ["minion_id", "pki/minion/minion.pem", "pki/minion/minion.pub", "pki/minion/minion_master.pub"];

    private readonly VolumePlan _plan = new();

    public async Task<VolumePlan> MakeAsync(CancellationToken cancel)
    {
        var values = PersonalValues.Of(personality, system, secrets, windows.TextOf(RegistryKeys.ComputerName, "ComputerName"));
        var joinsBy = await JoinScriptAsync(values, cancel);

        // What is joined by a script is joined by it alone.
        var told = joinsBy is null ? Joinable(values) : PersonalValues.WithoutJoining(values);
        var setup = new SetupFiles(windows, files, content, _plan);
        if (system.Template is { } template)
        {
            var isLate = LateStart.IsNeeded(windows.Os) && (joinsBy is not null || setup.HasStart);
            await AddAnswerFileAsync(template, told, isLate ? new SetupCommand(LateStart.Why, LateStart.Command) : null, cancel);
        }

        await setup.AddAsync(cancel);
        if (system.Join == JoinMode.Simple)
        {
            new SimpleMode(windows, told, joinsBy, _plan).Add(setup.Lines);
        }
        else
        {
            setup.AddStart(joinsBy);
        }

        await AddRegistryAsync(cancel);
        AddDrivers();
        AddSystemSettings();
        return _plan;
    }

    /// <summary>Finds what would stop it later, without the volume and without secrets.</summary>
    /// <exception cref="UserErrorException"><c>registry-file</c>, <c>personal-printer</c>, <c>personal-script-name</c>, <c>personal-simple</c>, <c>personal-no-template</c></exception>
    public static async Task CheckAsync(PersonalSystem system, IReadOnlyList<PersonalFile> files, PersonalContent content, CancellationToken cancel)
    {
        _ = system.Template is null ? default : NameOf(system);
        if (system.Join == JoinMode.Simple)
        {
            SimpleMode.Require(system.Os);
        }

        foreach (var file in files.Where(file => file.Kind == PersonalFileKind.Registry))
        {
            _ = RegistryFile.Parse(await content.ReadAsync(file.Content, cancel));
        }

        await SetupFiles.CheckAsync(files, content, cancel);
    }

    private async Task<byte[]?> JoinScriptAsync(HostValues values, CancellationToken cancel)
    {
        if (personality.Joining.IsOff || files.LastOrDefault(file => file.Kind == PersonalFileKind.JoinScript) is not { } script)
        {
            return null;
        }

        var bytes = await content.ReadAsync(script.Content, cancel);
        if (JoinScript.Unset(bytes, values) is [_, ..] unset)
        {
            WarnUnset(unset);
            return null;
        }

        return JoinScript.Fill(script.Path, bytes, values, isOld: windows.HasMiniSetup);
    }

    // A computer with its name and without its domain can be used, and be joined by hand; one that does not start cannot.
    private HostValues Joinable(HostValues values)
    {
        if (personality.Joining.IsOff || TemplateName.For(system.Os, system.Join) is not { } name || AnswerFile.Unset(name, values) is not [_, ..] unset)
        {
            return values;
        }

        WarnUnset(unset);
        return PersonalValues.WithoutJoining(values);
    }

    private void WarnUnset(IReadOnlyList<Placeholder> unset) =>
        _plan.Warnings.Add($"{personality.Name} joins nothing: {string.Join(", ", unset.Select(placeholder => placeholder.Meaning))} {(unset.Count == 1 ? "is" : "are")} not set.");

    private static TemplateName NameOf(PersonalSystem system) => TemplateName.For(system.Os, system.Join) ?? throw PersonalErrors.NoTemplate(system.Os, system.Join);

    private async Task AddAnswerFileAsync(ContentId template, HostValues values, SetupCommand? last, CancellationToken cancel)
    {
        var name = NameOf(system);
        var filled = AnswerFile.Fill(name, Encoding.UTF8.GetString(await content.ReadAsync(template, cancel)), values, last);
        if (name.IsInf)
        {
            _plan.Write("sysprep/sysprep.inf", filled, $"the answers for Mini-Setup, from {name}", FileAccessKind.Secret);
            return;
        }

        _plan.Write($"{windows.Root}/{AnswerFilePlace}", filled, $"the answers for Windows set-up, from {name}", FileAccessKind.Secret);
        foreach (var other in s_otherPlaces.Select(place => $"{windows.Root}/{place}").Concat(s_rootPlaces).Where(place => windows.Tree.Find(place) is not null))
        {
            _plan.Remove(other, "an answer file of the master, which Windows could take instead");
        }

        // The place that Windows looks into first of all.
        _plan.Set(RegistryKeys.Setup, "UnattendFile", RegistryType.Text, null);
    }

    private async Task AddRegistryAsync(CancellationToken cancel)
    {
        foreach (var file in files.Where(file => file.Kind == PersonalFileKind.Registry))
        {
            _plan.Registry.AddRange(RegistryFile.Parse(await content.ReadAsync(file.Content, cancel)));
        }
    }

    private void AddDrivers()
    {
        var drivers = files.Where(file => file.Kind == PersonalFileKind.Driver).ToList();
        foreach (var file in drivers)
        {
            _plan.Copy(file, "Drivers/osdeploy/" + file.Path, "a driver package");
        }

        // Windows looks for drivers in these folders, and not below them (Microsoft, "DevicePath").
        var folders = drivers.Where(file => file.Path.EndsWith(".inf", StringComparison.OrdinalIgnoreCase)).Select(file => Path.GetDirectoryName("Drivers/osdeploy/" + file.Path)!).Distinct().ToList();
        if (folders.Count > 0)
        {
            var before = windows.TextOf(RegistryKeys.CurrentVersion, "DevicePath") ?? @"%SystemRoot%\inf";
            var paths = before.Split(';').Concat(folders.Select(folder => @"%SystemDrive%\" + folder.Replace('/', '\\'))).Distinct(StringComparer.OrdinalIgnoreCase);
            _plan.Set(RegistryKeys.CurrentVersion, "DevicePath", RegistryType.ExpandedText, RegistryKeys.Text(string.Join(';', paths)));
        }
    }

    private void AddSystemSettings()
    {
        // What Windows encrypts by itself can be neither captured nor restored; it begins before an answer file could stop it.
        if (windows.Os is OperatingSystem.Win10 or OperatingSystem.Win11)
        {
            _plan.Set(RegistryKeys.BitLocker, "PreventDeviceEncryption", RegistryType.Number, RegistryKeys.Number(1));
        }

        foreach (var file in s_saltFolders.SelectMany(_ => s_saltFiles, (folder, file) => $"{folder}/{file}").Where(file => windows.Tree.Find(file) is not null))
        {
            _plan.Remove(file, "the management agent's identity of the master");
        }
    }
}
