using System.Globalization;
using System.Net.Sockets;
using System.Text;
using OsDeploy.Server.Hosting;
using Xunit;

namespace OsDeploy.Tests.Appliance;

public sealed class ServiceManagerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_said_arrives_at_its_socket()
    {
        using var listening = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(_folder["notify"]));
        var manager = Of(("NOTIFY_SOCKET", _folder["notify"]), ("WATCHDOG_USEC", "180000000"));

        manager.SayReady();
        manager.SayAlive();

        Assert.Equal(["READY=1", "WATCHDOG=1"], new[] { Heard(listening), Heard(listening) });
        Assert.Equal(TimeSpan.FromMinutes(3), manager.Watch);
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_said()
    {
        var manager = Of(("WATCHDOG_USEC", "180000000"));

        manager.SayReady();

        Assert.Null(manager.Watch);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("60000000", "1")]
    public void A_watch_that_is_none_or_not_for_this_program_is_not_kept(string microseconds, string? process) =>
        Assert.Null(Of(("NOTIFY_SOCKET", "/run/notify"), ("WATCHDOG_USEC", microseconds), ("WATCHDOG_PID", process)).Watch);

    [Fact]
    public void A_watch_for_this_program_is_kept() =>
        Assert.Equal(TimeSpan.FromMinutes(1), Of(("NOTIFY_SOCKET", "@notify"), ("WATCHDOG_USEC", "60000000"), ("WATCHDOG_PID", Environment.ProcessId.ToString(CultureInfo.InvariantCulture))).Watch);

    private static ServiceManager Of(params (string Name, string? Value)[] variables) =>
        ServiceManager.OfEnvironment(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    private static string Heard(Socket socket)
    {
        var bytes = new byte[100];
        return Encoding.ASCII.GetString(bytes, 0, socket.Receive(bytes));
    }
}
