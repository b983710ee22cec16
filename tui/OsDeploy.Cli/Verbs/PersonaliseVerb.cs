using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Personalising;
using OsDeploy.Personalisation;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs;

internal sealed class PersonaliseVerb : Verb
{
    // Two of these may run side by side.
    private static readonly string s_mounts = $"/run/osdeploy/personalise-{Environment.ProcessId}";

    private readonly Argument<string> _disk = VerbOptions.Disk();
    private readonly Option<string> _host = new("--host") { Description = "Name that the computer gets.", HelpName = "NAME", Required = true };
    private readonly Option<string[]> _partitions = new("--partition")
    {
        Description = $"What lies where: {PartitionSetting.Syntax} with os=... and join=... May be repeated.",
        HelpName = "N:os=...",
        Required = true,
    };

    private readonly Option<string?> _domain = VerbOptions.Text("--domain", "Domain that it joins.", "NAME");
    private readonly Option<string?> _ou = VerbOptions.Text("--ou", "Where the domain keeps its account.", "OU=...,DC=...");
    private readonly Option<string?> _workgroup = VerbOptions.Text("--workgroup", "Workgroup that it joins.", "NAME");
    private readonly Option<bool> _noJoin = VerbOptions.Flag("--no-join", "Give it its name, and leave domain and workgroup alone.");
    private readonly Option<string?> _room = VerbOptions.Text("--room", "For scripts.", "NAME");
    private readonly Option<string?> _school = VerbOptions.Text("--school", "Name of the school.", "NAME");
    private readonly Option<string?> _language = VerbOptions.Text("--language", "Language and country of Windows.", "de-DE");
    private readonly Option<string?> _template = VerbOptions.Text("--template", "Answer file in place of the one that osdeploy brings.", "FILE");
    private readonly Option<string?> _secrets = VerbOptions.Text("--secrets", "Lines such as JOINUSER=..., JOINPASSWORD=..., PRODUCTID=...; - reads them from standard input.", "FILE");
    private readonly Option<string[]> _registry = VerbOptions.Texts("--registry", "Registry file to merge.", "FILE.reg");
    private readonly Option<string[]> _setup = VerbOptions.Texts("--setup-files", "File or folder for Windows set-up; scripts among them are run by it.", "PATH");
    private readonly Option<string[]> _drivers = VerbOptions.Texts("--drivers", "Folder of driver packages.", "FOLDER");
    private readonly Option<string[]> _joinScript = VerbOptions.Texts("--join-script", "Windows script that joins, in place of osdeploy's own.", "FILE.bat");
    private readonly Option<string[]> _printers = VerbOptions.Texts("--printers", @"List of printers, \\server\printer a line.", "FILE");
    private readonly Option<string[]> _keys = VerbOptions.Texts("--ssh-key", "Public key that may log in as root on Linux.", "FILE.pub");
    private readonly Option<string[]> _scripts = VerbOptions.Texts("--post-script", "Shell script that runs here with each partition mounted.", "FILE.sh");
    private readonly Option<bool> _dryRun = VerbOptions.Flag("--dry-run", "Show every file and registry value that would be written, and write nothing.");
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _allowRemovable = VerbOptions.AllowRemovable();
    private readonly Option<bool> _json = VerbOptions.Json();

    public PersonaliseVerb(Session session)
        : base(
            session,
            "personalise",
            "Make a restored disk one host's own: its name, its domain, its files and settings.",
            "personalise /dev/sda --host r101-pc05 --partition 3:os=Win11,join=Domain --domain school.local --secrets join.txt --dry-run",
            "personalise /dev/sda --host r101-pc05 --partition 3:os=Win10,join=Workgroup --workgroup SCHOOL --registry printers.reg --yes",
            "personalise disk.img --host server2 --partition 2:os=Linux --ssh-key admin.pub") =>
        Takes(
            _disk, _host, _partitions, _domain, _ou, _workgroup, _noJoin, _room, _school, _language, _template, _secrets, _registry, _setup, _drivers,
            _joinScript, _printers, _keys, _scripts, _dryRun, _yes, _allowRemovable, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (disk, isDryRun, isYes) = (parsed.GetRequiredValue(_disk), parsed.GetValue(_dryRun), parsed.GetValue(_yes));
        Confirmation.RequireSomebodyToAsk(Terminal, isYes || isDryRun, $"change {Printable.Of(disk)}");
        var folder = await FilesAsync(parsed, cancel);
        var personality = await PersonalityAsync(parsed, folder, cancel);
        var secrets = await SecretsFile.ReadAsync(Terminal, parsed.GetValue(_secrets), personality.Systems, cancel);
        var changes = await RunAsync(disk, personality, folder, secrets, parsed, isDryRun: true, cancel);
        if (!isDryRun && changes.Count > 0)
        {
            if (!isYes)
            {
                PersonalText.Write(Terminal.Talk, changes, isDone: false);
                await Confirmation.RequireNameAsync(Terminal, Path.GetFileName(disk), cancel);
            }

            changes = await RunAsync(disk, personality, folder, secrets, parsed, isDryRun: false, cancel);
        }

        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, changes, CliJson.Default.IReadOnlyListPersonalChange);
        }
        else
        {
            PersonalText.Write(Terminal.Output, changes, isDone: !isDryRun);
        }

        return ExitCode.Done;
    }

    private async Task<IReadOnlyList<PersonalChange>> RunAsync(
        string disk, Personality personality, PersonalFolder folder, PersonalSecrets secrets, ParseResult parsed, bool isDryRun, CancellationToken cancel)
    {
        var changes = new List<PersonalChange>();
        var personaliser = new Personaliser(personality, folder.Content, _ => Task.FromResult(secrets), changes.Add, warning => Terminal.Talk.WriteLine("Note: " + warning), s_mounts);
        await personaliser.RunAsync(disk, isDryRun, parsed.GetValue(_allowRemovable), cancel);
        return changes;
    }

    private async Task<PersonalFolder> FilesAsync(ParseResult parsed, CancellationToken cancel)
    {
        var folder = new PersonalFolder();
        foreach (var (kind, option) in new (PersonalFileKind, Option<string[]>)[]
        {
            (PersonalFileKind.Setup, _setup), (PersonalFileKind.Registry, _registry), (PersonalFileKind.JoinScript, _joinScript), (PersonalFileKind.Driver, _drivers),
            (PersonalFileKind.Printers, _printers), (PersonalFileKind.SshKey, _keys), (PersonalFileKind.PostScript, _scripts),
        })
        {
            await folder.AddAsync(kind, parsed.GetValue(option), cancel);
        }

        return folder;
    }

    private async Task<Personality> PersonalityAsync(ParseResult parsed, PersonalFolder folder, CancellationToken cancel)
    {
        var systems = new List<PersonalSystem>();
        foreach (var plan in PartitionSettings.Plans(parsed.GetRequiredValue(_partitions), [])!)
        {
            systems.Add(plan.ProductId is null ? await folder.SystemAsync(plan, parsed.GetValue(_template), cancel) : throw Errors.UsageProductId());
        }

        return new Personality
        {
            Name = ComputerName.Parse(parsed.GetRequiredValue(_host)),
            Room = parsed.GetValue(_room),
            SchoolName = parsed.GetValue(_school),
            SchoolLanguage = parsed.GetValue(_language),
            Joining = new Joining(parsed.GetValue(_domain), parsed.GetValue(_ou), parsed.GetValue(_workgroup), parsed.GetValue(_noJoin)),
            Systems = systems,
            Files = folder.Files,
        };
    }
}
