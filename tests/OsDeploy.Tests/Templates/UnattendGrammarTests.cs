using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Templates;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Templates;

/// <summary>Filled answer files against a grammar made from Microsoft's pages, by xmllint.</summary>
public sealed class UnattendGrammarTests
{
    private static readonly HostValues s_account = new()
    {
        Name = ComputerName.Parse("R101-PC07"),
        ProductId = "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY",
        Workgroup = "CLASS",
        Domain = "school.example",
        MachineOu = "OU=rooms,DC=school,DC=example",
        JoinUser = "joiner",
        JoinPassword = "a<b>&\"c' ]]>",
        SchoolName = "Grundschule \"Süd\" & Co.",
        SchoolLanguage = "de-DE",
    };

    public static TheoryData<string> Names => [.. TemplateName.All.Where(name => !name.IsInf).Select(name => name.ToString())];

    /// <summary>What somebody could get wrong, or a program: the text that is replaced, and by what.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "no component", "<component name=\"Microsoft-Windows-International-Core\"", "<component name=\"Microsoft-Windows-International\"" },
        { "no architecture", "processorArchitecture=\"amd64\"", "" },
        { "wrong architecture", "processorArchitecture=\"amd64\"", "processorArchitecture=\"x64\"" },
        { "wrong token", "31bf3856ad364e35", "31bf3856ad364e36" },
        { "wrong scope", "nonSxS", "SxS" },
        { "wrong language", "language=\"neutral\"", "language=\"de-DE\"" },
        { "wrong pass", "pass=\"specialize\"", "pass=\"windowsPE\"" },
        { "passes the other way round", "pass=\"oobeSystem\"", "pass=\"specialize\"" },
        { "wrong root", "unattend xmlns", "unattended xmlns" },
        { "wrong namespace", "urn:schemas-microsoft-com:unattend", "urn:schemas-microsoft-com:unattended" },
        { "empty name", "<ComputerName>R101-PC07</ComputerName>", "<ComputerName></ComputerName>" },
        { "long name", ">R101-PC07<", ">R101-PC07-R101-PC07<" },
        { "name of digits", ">R101-PC07<", ">10107<" },
        { "name with a blank", ">R101-PC07<", ">R101 PC07<" },
        { "placeholder left", ">R101-PC07<", ">$HOSTNAME<" },
        { "short product key", "ABCDE-FGHIJ", "ABCDE-FGHI" },
        { "empty element", "<JoinDomain>school.example</JoinDomain>", "<JoinDomain/>" },
        { "domain and workgroup", "<JoinDomain>", "<JoinWorkgroup>CLASS</JoinWorkgroup><JoinDomain>" },
        { "account without a password", "<Password>a&lt;b&gt;&amp;\"c' ]]&gt;</Password>", "" },
        { "place without a domain", "OU=rooms,DC=school,DC=example", "rooms" },
        { "wrong truth", "<HideEULAPage>true<", "<HideEULAPage>yes<" },
        { "wrong locale", "<UserLocale>de-DE<", "<UserLocale>German<" },
        { "wrong protection", "<ProtectYourPC>3<", "<ProtectYourPC>4<" },
        { "setting in the wrong place", "<RegisteredOwner>", "<AutoLogon>true</AutoLogon><RegisteredOwner>" },
        { "not well formed", "</unattend>", "" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_template_filled_with_an_account_is_an_answer_file(string name) => Assert.Equal("", await FaultsAsync(Filled(name, s_account)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_template_filled_with_next_to_nothing_is_one_too(string name) =>
        Assert.Equal("", await FaultsAsync(Filled(name, s_account with { ProductId = null, MachineOu = null, SchoolName = null, SchoolLanguage = null })));

    [Theory]
    [InlineData("Win8No.xml", 1)]
    [InlineData("Win10Domain.xml", 2)]
    [InlineData("Win11Workgroup.xml", 2)]
    public async Task A_command_of_our_own_comes_after_those_of_the_template_for_each_kind_of_processor(string name, int order)
    {
        var filled = Filled(name, s_account, new SetupCommand("Why.", "cmd.exe /c do"));

        Assert.Equal("", await FaultsAsync(filled));
        var commands = System.Xml.Linq.XDocument.Parse(filled).Descendants(UnattendRules.Namespace + "RunSynchronousCommand").Where(command => command.Element(UnattendRules.Namespace + "Path")!.Value == "cmd.exe /c do").ToList();
        Assert.Equal(name.StartsWith("Win11", StringComparison.Ordinal) ? 1 : 2, commands.Count);
        Assert.All(commands, command => Assert.Equal($"{order}", command.Element(UnattendRules.Namespace + "Order")!.Value));
        Assert.All(commands, command => Assert.Equal(("Microsoft-Windows-Deployment", "specialize"), (command.Parent!.Parent!.Attribute("name")!.Value, command.Parent.Parent.Parent!.Attribute("pass")!.Value)));
    }

    [Theory]
    [InlineData("Win10Domain.xml")]
    [InlineData("Win7Domain.xml")]
    public async Task What_djoin_made_takes_the_place_of_the_account(string name) => Assert.Equal("", await FaultsAsync(Filled(name, s_account with { AccountData = "QUJDRA==" })));

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task The_grammar_finds_what_is_wrong(string what, string right, string wrong)
    {
        var filled = Filled("Win10Domain.xml", s_account);
        Assert.Contains(right, filled, StringComparison.Ordinal);
        Assert.False(await FaultsAsync(filled.Replace(right, wrong, StringComparison.Ordinal)) is "", what);
    }

    private static string Filled(string name, HostValues values, SetupCommand? last = null)
    {
        Assert.True(TemplateName.TryParse(name, out var template));
        return Encoding.UTF8.GetString(AnswerFile.Fill(template, Originals.Of(template), template.Join == JoinMode.Domain ? values : values with { Domain = null, JoinUser = null, JoinPassword = null }, last));
    }

    // Nothing but faults is printed; all is well with 0.
    private static async Task<string> FaultsAsync(string answers)
    {
        Assert.SkipWhen(Command.WhyMissing("xmllint") is not null, "libxml2-utils is not installed");
        var grammar = Path.Combine(Repository.Root, "tests/OsDeploy.Tests/Templates/unattend.rng");
        var result = await new Command("xmllint", "--noout", "--nonet", "--relaxng", grammar, "-").WithInput(answers).Accepting(code => code is 0 or 1 or 3).RunAsync(TestContext.Current.CancellationToken);
        return result.ExitCode == 0 ? "" : result.ErrorOutput;
    }
}
