using OsDeploy.Personalisation;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class VolumeTreeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-tree-");
    private readonly string _root;

    public VolumeTreeTests()
    {
        _root = _folder.CreateSubdirectory("volume").FullName;
        Directory.CreateDirectory(_root + "/Windows/System32");
        File.WriteAllText(_root + "/Windows/System32/a.txt", "a");
        File.WriteAllText(_folder.FullName + "/outside", "outside");
    }

    [Theory]
    [InlineData("windows/SYSTEM32/A.TXT", "Windows/System32/a.txt")]
    [InlineData("/Windows//System32/./a.txt", "Windows/System32/a.txt")]
    [InlineData("Windows/none", null)]
    [InlineData("../outside", null)]
    [InlineData("Windows/../../outside", null)]
    public void On_windows_a_name_is_found_whatever_its_case(string path, string? found) =>
        Assert.Equal(found is null ? null : $"{_root}/{found}", new VolumeTree(_root, ignoresCase: true).Find(path));

    [Fact]
    public void Elsewhere_case_counts() => Assert.Null(new VolumeTree(_root, ignoresCase: false).Find("windows/System32/a.txt"));

    [Fact]
    public void What_is_not_there_gets_the_spelling_of_what_is() =>
        Assert.Equal(_root + "/Windows/System32/Sysprep/unattend.xml", new VolumeTree(_root, ignoresCase: true).PlaceOf("WINDOWS/system32/Sysprep/unattend.xml"));

    [Fact]
    public void The_exact_name_wins_over_another_case()
    {
        File.WriteAllText(_root + "/Windows/System32/A.TXT", "A");
        Assert.Equal(_root + "/Windows/System32/A.TXT", new VolumeTree(_root, ignoresCase: true).Find("Windows/System32/A.TXT"));
    }

    [Theory]
    [InlineData("/Windows/System32/a.txt")]
    [InlineData("../../../../Windows/System32/a.txt")]
    [InlineData("Windows/System32/a.txt")]
    public void A_link_leads_to_where_it_would_on_its_own_computer(string target)
    {
        File.CreateSymbolicLink(_root + "/link", target);
        Assert.Equal(_root + "/Windows/System32/a.txt", new VolumeTree(_root, ignoresCase: false).Find("link"));
    }

    [Fact]
    public void A_link_out_of_the_volume_stays_in_it()
    {
        File.CreateSymbolicLink(_root + "/link", _folder.FullName + "/outside");
        File.CreateSymbolicLink(_root + "/up", "../outside");
        var tree = new VolumeTree(_root, ignoresCase: false);
        Assert.Null(tree.Find("link"));
        Assert.Null(tree.Find("up"));
        Assert.StartsWith(_root + "/", tree.PlaceOf("link"), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere()
    {
        File.CreateSymbolicLink(_root + "/one", "two");
        File.CreateSymbolicLink(_root + "/two", "one");
        var tree = new VolumeTree(_root, ignoresCase: false);
        Assert.Null(tree.Find("one/x"));
        Assert.Equal("personal-path", Assert.Throws<UserErrorException>(() => tree.PlaceOf("one/x")).Code);
    }

    [Fact]
    public void No_link_of_a_windows_is_followed()
    {
        File.CreateSymbolicLink(_root + "/Documents and Settings", "Windows");
        Assert.Null(new VolumeTree(_root, ignoresCase: true).Find("Documents and Settings/System32"));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
