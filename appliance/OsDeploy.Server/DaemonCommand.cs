using System.CommandLine;
using System.Net;
using OsDeploy.Server.Hosting;
using OsDeploy.SetUp;

namespace OsDeploy.Server;

/// <summary>What <c>osdeployd</c> takes on its command line.</summary>
internal sealed class DaemonCommand : RootCommand
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder of everything the appliance keeps: documents, images, keys.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/var/lib/osdeploy",
    };

    private readonly Option<string[]> _listen = new("--listen") { Description = "Serve HTTPS at this address; may be repeated. Default: this computer only.", HelpName = "ADDRESS:PORT" };
    private readonly Option<string[]> _interface = new("--interface") { Description = "Serve HTTPS on a network interface; may be repeated.", HelpName = "IF" };
    private readonly Option<string?> _socket = new("--socket") { Description = "Unix socket for consoles on this computer. Default: osdeployd.sock in the data folder.", HelpName = "PATH" };
    private readonly Option<string> _name = new("--name") { Description = "Name of the appliance, as people see it.", DefaultValueFactory = _ => Environment.MachineName };
    private readonly Option<string?> _firstOperator = new("--first-operator") { Description = "First start: name of the first administrator, with --password-file instead of being asked.", HelpName = "NAME" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "First start: file whose first line is the password.", HelpName = "FILE" };
    private readonly Option<string?> _firstSettings = new("--first-settings") { Description = "First start: file with the first settings, as `osdeploy first-start` writes it.", HelpName = "FILE" };
    private readonly Option<string> _helper = new("--helper")
    {
        Description = "Unix socket of osdeploy-helper, which may do what needs root.",
        HelpName = "PATH",
        DefaultValueFactory = _ => DaemonOptions.UsualHelperSocket,
    };

    private readonly Option<string[]> _boot = new("--boot") { Description = "Serve boot files by plain HTTP at this address, at port 80 unless another is said; may be repeated.", HelpName = "ADDRESS[:PORT]" };
    private readonly Option<string?> _clientImage = new("--client-image") { Description = "Take in a client build, as `./build.sh client` leaves it.", HelpName = "DIR" };
    private readonly Option<string> _bootFolder = new("--boot-folder")
    {
        Description = "Folder of what computers load by TFTP, the same as the helper's.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DaemonOptions.UsualBootFolder,
    };

    private readonly Option<bool> _allowLab = new("--allow-lab") { Description = "Take computers made of files from other machines too. For tests." };

    private readonly Option<bool> _mirror = new("--mirror-operators") { Description = "Make users of this system of operators, so that they log in over SSH. Only on a computer that is an appliance and nothing else." };

    private readonly Option<bool> _setUp = new("--set-up") { Description = "Only ask for the first administrator, if there is none yet, and end." };

    private readonly Option<bool> _recover = new("--recover") { Description = "Put the newest good nightly copy in the place of documents that cannot be opened, keep those aside, and end." };

    public DaemonCommand(Func<DaemonOptions, FirstOperator, CancellationToken, Task<int>> run)
        : base("The osdeploy appliance: keeps hosts, configurations, images and jobs, and serves them to agents and consoles.")
    {
        foreach (var option in new Option[] { _data, _listen, _interface, _socket, _name, _firstOperator, _passwordFile, _firstSettings, _helper, _boot, _clientImage, _bootFolder, _allowLab, _mirror, _setUp, _recover })
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if ((result.GetValue(_firstOperator) is null) != (result.GetValue(_passwordFile) is null))
            {
                result.AddError("--first-operator and --password-file go together.");
            }

            if (result.GetValue(_firstSettings) is not null && result.GetValue(_firstOperator) is null)
            {
                result.AddError("--first-settings needs --first-operator.");
            }
        });
        SetAction((parsed, cancel) => run(OptionsOf(parsed), new FirstOperator(parsed.GetValue(_firstOperator), parsed.GetValue(_passwordFile), parsed.GetValue(_setUp), parsed.GetValue(_firstSettings), parsed.GetValue(_recover)), cancel));
    }

    private DaemonOptions OptionsOf(ParseResult parsed)
    {
        List<IPEndPoint> listen =
        [
            .. (parsed.GetValue(_listen) ?? []).Select(DaemonOptions.ParseAddress),
            .. (parsed.GetValue(_interface) ?? []).SelectMany(DaemonOptions.AddressesOf),
        ];
        return new DaemonOptions(
            Path.GetFullPath(parsed.GetRequiredValue(_data)),
            listen.Count > 0 ? listen : [new IPEndPoint(IPAddress.Loopback, DaemonOptions.DefaultPort)],
            parsed.GetValue(_socket),
            parsed.GetRequiredValue(_name),
            parsed.GetRequiredValue(_helper),
            parsed.GetValue(_allowLab),
            [.. (parsed.GetValue(_boot) ?? []).Select(DaemonOptions.ParseBootAddress)],
            parsed.GetValue(_clientImage),
            Path.GetFullPath(parsed.GetRequiredValue(_bootFolder)),
            parsed.GetValue(_mirror));
    }
}

/// <summary>The first administrator, when nobody is there to be asked.</summary>
/// <param name="IsAll">Nothing else is wanted: the daemon does not serve.</param>
/// <param name="SettingsFile">Null: none.</param>
/// <param name="Recovers">Nothing else is wanted: a nightly copy takes the place of damaged documents.</param>
internal sealed record FirstOperator(string? Name, string? PasswordFile, bool IsAll, string? SettingsFile = null, bool Recovers = false)
{
    /// <summary>Documents that have their operators are set up further by one of them: the set-up was cut short behind that.</summary>
    public bool IsAgain => IsAll && Name is not null;

    /// <exception cref="UserErrorException"><c>password-file</c></exception>
    public string ReadPassword()
    {
        var path = PasswordFile ?? "";
        try
        {
            return File.ReadLines(path).FirstOrDefault() is { Length: > 0 } password ? password : throw HostingErrors.PasswordFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.PasswordFile(path, e);
        }
    }

    /// <exception cref="UserErrorException"><c>first-settings</c></exception>
    public FirstSettings? ReadSettings()
    {
        try
        {
            return SettingsFile is { } path ? FirstSettings.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw HostingErrors.FirstSettings(SettingsFile!, e);
        }
    }
}
