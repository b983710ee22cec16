using OsDeploy.Api.Helper;
using OsDeploy.Helper;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class OperatorFileTests : IDisposable
{
    private const int First = MirroredOperators.FirstUid;

    private readonly TemporaryFolder _folder = new();

    public OperatorFileTests() => File.WriteAllText(_folder["system"], "root:x:0:0:root:/root:/bin/bash\ndnsmasq:x:105:65534::/var/lib/misc:/usr/sbin/nologin\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Operators_are_users_without_a_password_and_with_no_shell_but_ours()
    {
        Assert.Empty(FileOf().Write([new MirroredOperator("tom", First + 1), new MirroredOperator("anna.k", First)]));

        Assert.Equal(
            $"anna.k:*:{First}:200:operator:/:/usr/lib/osdeploy/osdeploy-login\ntom:*:{First + 1}:200:operator:/:/usr/lib/osdeploy/osdeploy-login\n",
            File.ReadAllText(_folder["extra/passwd"]));
        Assert.Equal("-rw-r--r--", ModeOf(_folder["extra/passwd"]));
        Assert.Single(Directory.GetFiles(_folder["extra"]));
    }

    [Fact]
    public void Who_is_not_named_any_more_is_no_user_any_more()
    {
        FileOf().Write([new MirroredOperator("anna", First), new MirroredOperator("tom", First + 1)]);
        FileOf().Write([new MirroredOperator("tom", First + 1)]);
        Assert.StartsWith("tom:", File.ReadAllText(_folder["extra/passwd"]), StringComparison.Ordinal);

        FileOf().Write([]);
        Assert.Empty(File.ReadAllText(_folder["extra/passwd"]));
    }

    [Fact]
    public void A_name_of_the_system_is_left_out_and_said()
    {
        Assert.Equal(["dnsmasq", "root"], FileOf().Write([new MirroredOperator("dnsmasq", First), new MirroredOperator("anna", First + 1), new MirroredOperator("root", First + 2)]));

        Assert.StartsWith("anna:", Assert.Single(File.ReadAllLines(_folder["extra/passwd"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", First)]
    [InlineData("Anna", First)]
    [InlineData("1anna", First)]
    [InlineData("-anna", First)]
    [InlineData("anna:x:0:0:::/bin/sh", First)]
    [InlineData("anna\nroot2:x:0:0::/:/bin/sh", First)]
    [InlineData("anna\n", First)]
    [InlineData("\u00e4nna", First)]
    [InlineData("a12345678901234567890123456789012", First)]
    [InlineData("anna", 0)]
    [InlineData("anna", -1)]
    [InlineData("anna", 1000)]
    [InlineData("anna", First - 1)]
    [InlineData("anna", MirroredOperators.LastUid + 1)]
    [InlineData("tom", First)]
    [InlineData("anna", First + 9)]
    public void What_could_be_somebody_else_is_refused_as_a_whole(string name, int uid)
    {
        var file = FileOf();
        file.Write([new MirroredOperator("eva", First)]);

        var error = Assert.Throws<UserErrorException>(() => file.Write([new MirroredOperator(name, uid), new MirroredOperator("tom", First + 9)]));

        Assert.Equal("operators-refused", error.Code);
        Assert.StartsWith("eva:", File.ReadAllText(_folder["extra/passwd"]), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_there_may_be_are_refused() => Assert.Throws<UserErrorException>(
        () => FileOf().Write([.. Enumerable.Range(0, MirroredOperators.Most + 1).Select(number => new MirroredOperator($"a{number}", First + number))]));

    [Fact]
    public void Without_the_group_nobody_is_made_a_user()
    {
        var file = new OperatorFile(_folder["extra/passwd"], _folder["system"], _ => null);

        Assert.Equal("operators-group-missing", Assert.Throws<UserErrorException>(() => file.Write([new MirroredOperator("anna", First)])).Code);
        Assert.False(File.Exists(_folder["extra/passwd"]));
    }

    private OperatorFile FileOf() => new(_folder["extra/passwd"], _folder["system"], name => name == MirroredOperators.Group ? 200u : null);

    private static string ModeOf(string path) => "-" + string.Concat(Enumerable.Range(0, 9).Select(bit => ((int)File.GetUnixFileMode(path) >> (8 - bit) & 1) == 0 ? '-' : "rwx"[bit % 3]));
}
